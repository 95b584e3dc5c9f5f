levy quote ../../fixtures/corners.json bands 1001 --to USD --rates ../../../data/rates/levy.json --max-age 1h --at 2026-11-21 --json
