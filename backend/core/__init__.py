"""What every app may use and what knows nothing of homecare: errors, periods, sealing, HTTP."""
