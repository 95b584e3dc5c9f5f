bash -c '. <(levy completion bash); COMP_WORDS=("levy" "quote" "okpay" "withdrawal" "--m"); COMP_CWORD=4; _levy 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"'
