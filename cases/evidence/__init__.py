"""Files as files, without Django: their blocks, names, types, signatures, and pictures drawn in a process apart."""
