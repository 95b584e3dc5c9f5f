printf 'id;amount;method\n1;2,50;card\n2;2,50;c\201rd\n' | levy batch ../fixtures/mapping/shop.json --mapping ../fixtures/mapping/codepage.json --results status,reason
