levy explain --list --json | jq -c '[(.codes | length), .codes[0].code, (.codes[] | select(.code == "split") | .accept)]'
