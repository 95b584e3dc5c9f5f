for table in '  \n\n\t\noperation,amount\npay,x\n' ' \n\n {"operation": "pay", "amount": "x"}\n'; do
  printf "$table" | levy batch ../fixtures/fine.json --threads 1 --results status,reason
done 2>&1
