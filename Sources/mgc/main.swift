print("mgc")
