bash -c '. <(levy completion bash); COMP_WORDS=("levy" "quote" "okpay" ""); COMP_CWORD=3; _levy 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"'
