echo "{\"levy\": 1, // a comment
}" | levy fmt -
