levy quote ../../fixtures/corners.json bands 1001 --to USD --at 2026-11-20 --json
