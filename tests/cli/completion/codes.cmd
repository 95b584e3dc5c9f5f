bash -c '. <(levy completion bash); COMP_WORDS=("levy" "explain" "unknown_c"); COMP_CWORD=2; _levy 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"'
