levy quote ../../fixtures/corners.json dear 1 --to USD --at 2026-11-20 --json
