levy schema | jq -c '.["$defs"].country.anyOf[1].enum | [length, .[0], .[-1]]'
