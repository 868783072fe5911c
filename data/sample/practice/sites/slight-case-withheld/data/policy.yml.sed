s/^slight_cases: publish/slight_cases: withhold/
