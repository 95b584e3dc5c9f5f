printf 'ref,kind,gross\nx1,withdrawal,90\n' | levy batch okpay --map operation=kind --map amount=gross --set method=bank --set tier=basic --set country=DE --at 2026-11-20 --assume-zero
