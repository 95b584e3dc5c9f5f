levy validate ../../diagnostics/overlapping_versions/month
