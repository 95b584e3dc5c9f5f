printf 'id;amount;method\n1;2,50;card\n2;2,50\n3;2,50;card;x\n' | levy batch ../fixtures/mapping/shop.json --mapping ../fixtures/mapping/cards.json --results status,reason
