s/v\.taken\.ground/''/g
