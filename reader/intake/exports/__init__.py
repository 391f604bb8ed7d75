"""What other apps let their readers take away: pieces, or addresses of them, with what was marked."""
