"""Travel times: what a route service said, kept by place and not by person."""
