levy ls
