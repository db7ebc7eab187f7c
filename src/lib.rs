//! AWS's IAM, STS, EC2 instance profiles, IMDS and S3, with the network between them,
//! modelled so that every decision can be explained. See `src/README.md`.
