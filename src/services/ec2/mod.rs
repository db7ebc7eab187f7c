//! What EC2 does by itself. Its API is left for later.

pub(super) mod role_delivery;
