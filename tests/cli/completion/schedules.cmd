bash -c '. <(levy completion bash); COMP_WORDS=("levy" "quote" "ok"); COMP_CWORD=2; _levy 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"'
