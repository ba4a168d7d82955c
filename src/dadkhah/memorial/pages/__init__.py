"""One module per kind of page: records in, (address, template, what it shows) out."""
