s/^# retention: credit /retention: credit /
