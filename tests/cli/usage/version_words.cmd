levy --json; levy --version --jsn; levy --version --version; levy --json --version | tr -d " {" | cut -d: -f1; levy --version --json | tail -1
