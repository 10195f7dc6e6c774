"""Words and videos of patients in any page, bound to what the person allows."""
