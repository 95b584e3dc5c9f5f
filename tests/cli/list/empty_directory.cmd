mkdir -p /tmp/levy_none.$$ && cd /tmp/levy_none.$$ && levy list .; status=$?; rm -r /tmp/levy_none.$$; exit $status
