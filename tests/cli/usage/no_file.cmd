levy test
