s/limit: {term: payment}/limit: {term: payment, length: 30, unit: calendar_day}/
