levy schema | jq -c '[.["$schema"], (.properties | length), .required]'
