module lab.test/tools/pause

go 1.26.8
