"""The province that does not exist: a house filled to look at, the same each time. [process.md section 7]"""
