levy show ../fixtures/wallet.json --lang zh-CN
