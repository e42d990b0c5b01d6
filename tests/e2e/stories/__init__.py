"""What real requests see of each example: one module an example, `given` what it needs to be told, `tell` the story."""
