//! The proxy that somebody set: calls go through it and through no other, and it reaches nothing that may not be called.

#[cfg(test)]
mod between;
#[cfg(test)]
mod secure;

#[cfg(test)]
mod calls;
#[cfg(test)]
mod settings;
