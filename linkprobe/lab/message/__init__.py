"""Message and preview APIs, played from nothing but the platform's own declaration of them."""
