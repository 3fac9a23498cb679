"""What is asked of certificates, each with who asks."""
