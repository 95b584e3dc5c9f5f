levy completion bash
