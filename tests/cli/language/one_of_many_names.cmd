for tag in zh zh-CN zh-Hans zh_CN.UTF-8 ZH_cn; do levy quote okpay withdrawal 80 --method bank --tier basic --at 2026-11-20T16:20 --lang $tag | cksum; done | uniq | wc -l
