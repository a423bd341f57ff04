"""The week's rota: visits, who makes them, how they are planned and published."""
