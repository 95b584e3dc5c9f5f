levy explain
