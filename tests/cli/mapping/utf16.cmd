printf 'id;amount;method\n1;2,50;card\n' | iconv -f UTF-8 -t UTF-16 | levy batch ../fixtures/mapping/shop.json --mapping ../fixtures/mapping/utf16.json --results status,fee
