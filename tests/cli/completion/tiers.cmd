bash -c '. <(levy completion bash); COMP_WORDS=("levy" "check" "okpay" "withdrawal" "--tier" "v"); COMP_CWORD=5; _levy 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"'
