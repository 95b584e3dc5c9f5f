printf 'id;amount;A;B\n1;10;a;bc\n2;10;ab;c\n3;10;a;bc\n' | levy batch ../fixtures/mapping/words.json --mapping ../fixtures/mapping/capitals.json --results fee --threads 1
