module servicex

go 1.24
