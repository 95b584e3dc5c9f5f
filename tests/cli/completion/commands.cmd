bash -c '. <(levy completion bash); COMP_WORDS=("levy" "q"); COMP_CWORD=1; _levy 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"'
