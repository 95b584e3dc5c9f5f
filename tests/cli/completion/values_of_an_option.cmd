bash -c '. <(levy completion bash); COMP_WORDS=("levy" "quote" "okpay" "--color" "a"); COMP_CWORD=4; _levy 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"'
