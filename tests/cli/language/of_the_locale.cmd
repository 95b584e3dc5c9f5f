for name in LC_ALL LC_MESSAGES LANG; do (unset LC_ALL LC_MESSAGES LANG; export $name=zh_CN.UTF-8; levy quote okpay withdrawal 80 --method bank --tier basic --at 2026-11-20T16:20 | head -2); done
