bash -c '. <(levy completion bash); COMP_WORDS=("levy" "quote" "okpay" "withdrawal" "--rates" ""); COMP_CWORD=5; _levy 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"'
