"""What finding predictions and reading their dates is measured by."""
