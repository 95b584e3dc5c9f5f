printf 'operation,amount,=note\npay,1,=1+1\npay,1,+49 170\npay,1,-1.25\npay,1,-0.30 USD\npay,1,@A1\npay,1,\tA1\npay,1,＝A1\npay,1,"=HYPERLINK(""x"",A1)"\npay,1,"-a\nb"\npay,1,a=b\n=pay,1,x\npay,-1,=x\npay,1\n' >$$.csv
for threads in 1 2; do
  levy batch ../fixtures/fine.json --csv-safe --rejects - --threads $threads -o $$.out <$$.csv 2>/dev/null; cat $$.out
done
levy batch ../fixtures/fine.json <$$.csv >$$.exact 2>/dev/null; head -3 $$.exact
python3 - $$ <<'END'
import csv, sys
# What is no formula is what it is without the option.
exact, safe = (list(csv.reader(open(sys.argv[1] + end, newline=""))) for end in (".exact", ".out"))
print(all(a == b or b == "'" + a for one, other in zip(exact, safe) for a, b in zip(one, other)))
END
rm -f $$.*
