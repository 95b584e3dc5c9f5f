levy explain cliff
