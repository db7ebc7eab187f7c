//! Maps and sets that stay small: sorted vectors, with the interface of the standard library's ordered ones.
//!
//! Entry: [`SortedMap`], [`SortedSet`], [`sort_by`]. Own code, because it's for the size of the WebAssembly: the code of a
//! `BTreeMap` weighs about 9 KB for each type of key and value, and the model has dozens. Keys stand apart from
//! the values, so that all maps with the same type of key share the search.
//! Left out on purpose: speed with tens of thousands of keys that come in no order (an insertion moves what
//! stands after it; [`SortedMap::of_many`] sorts first); a bucket's objects and a document's own keys stand in the library's.

use crate::gather::{Gathered, Source};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::iter::Zip;
use std::{slice, vec};

/// A map, ordered by its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortedMap<K, V> {
    keys: SortedSet<K>,
    /// At the places of their keys.
    values: Vec<V>,
}

/// A set, ordered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortedSet<T> {
    items: Vec<T>,
}

/// Sorts; equals stay in their order. The standard library's sorts weigh 4 KB for each type of item, this one 200 bytes.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut sources = sorted_places(items.len(), &|left, right| match (items.get(left), items.get(right)) {
        (Some(left), Some(right)) => compare(left, right),
        _ => Ordering::Equal,
    });
    for start in 0..items.len() {
        let mut place = start;
        // Round the cycle in which the items change places; those that are done stand at their own place.
        while let Some(source) = sources.get_mut(place).map(|source| std::mem::replace(source, place))
            && source != start
            && source < items.len()
        {
            items.swap(place, source);
            place = source;
        }
    }
}

/// The places `0..length` in the order of what stands there.
fn sorted_places(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    places.sort_unstable_by(|left, right| compare(*left, *right).then(left.cmp(right)));
    places
}

impl<K, V> SortedMap<K, V> {
    /// An empty map.
    pub const fn new() -> Self {
        SortedMap { keys: SortedSet::new(), values: Vec::new() }
    }

    /// How many keys it has.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether it has no key.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        *self = SortedMap::new();
    }

    /// Keys and values, in order.
    pub fn iter(&self) -> Zip<slice::Iter<'_, K>, slice::Iter<'_, V>> {
        self.keys.items.iter().zip(&self.values)
    }

    /// Keys and values, in order; the values may be changed.
    pub fn iter_mut(&mut self) -> Zip<slice::Iter<'_, K>, slice::IterMut<'_, V>> {
        self.keys.items.iter().zip(&mut self.values)
    }

    /// The keys, in order.
    pub fn keys(&self) -> slice::Iter<'_, K> {
        self.keys.items.iter()
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> slice::Iter<'_, V> {
        self.values.iter()
    }

    /// The values, in the order of their keys, to be changed.
    pub fn values_mut(&mut self) -> slice::IterMut<'_, V> {
        self.values.iter_mut()
    }

    /// The values alone, in the order of their keys.
    pub fn into_values(self) -> vec::IntoIter<V> {
        self.values.into_iter()
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.values.get(self.keys.place(key).ok()?)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.values.get_mut(self.keys.place(key).ok()?)
    }

    /// A key as it stands in the map, and its value.
    pub fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        let place = self.keys.place(key).ok()?;
        self.keys.items.get(place).zip(self.values.get(place))
    }

    /// Whether it has that key.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.keys.contains(key)
    }

    /// A map of many pairs in any order, in the time that sorting takes; of equal keys the last one counts.
    pub fn of_many(mut pairs: Vec<(K, V)>) -> Self {
        sort_by(&mut pairs, |left, right| left.0.cmp(&right.0));
        pairs.into_iter().collect()
    }

    /// Sets the value of a key; gives the old value.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.keys.place(&key) {
            Ok(place) => self.values.get_mut(place).map(|old| std::mem::replace(old, value)),
            Err(place) => {
                self.keys.items.insert(place, key);
                self.values.insert(place, value);
                None
            }
        }
    }

    /// The value of a key; if it has none, that which `make` makes.
    #[expect(clippy::indexing_slicing, reason = "the place has just been found or filled")]
    pub fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let place = match self.keys.place(&key) {
            Ok(place) => place,
            Err(place) => {
                self.keys.items.insert(place, key);
                self.values.insert(place, make());
                place
            }
        };
        &mut self.values[place]
    }

    /// Removes a key; gives its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.keys.place(key).ok()?;
        self.keys.items.remove(place);
        Some(self.values.remove(place))
    }

    /// Keeps the keys and values that `keep` wants.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        let all = std::mem::take(self);
        for (key, mut value) in all {
            if keep(&key, &mut value) {
                self.keys.items.push(key);
                self.values.push(value);
            }
        }
    }
}

impl<T> SortedSet<T> {
    /// An empty set.
    pub const fn new() -> Self {
        SortedSet { items: Vec::new() }
    }

    /// How many items it has.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether it has no item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items, in order.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The least item.
    pub fn first(&self) -> Option<&T> {
        self.items.first()
    }
}

impl<T: Ord> SortedSet<T> {
    /// Whether it has that item.
    pub fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.place(item).is_ok()
    }

    /// Adds an item; false if it was there.
    pub fn insert(&mut self, item: T) -> bool {
        match self.place(&item) {
            Ok(_) => false,
            Err(place) => {
                self.items.insert(place, item);
                true
            }
        }
    }

    /// Removes an item; false if it wasn't there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        match self.place(item) {
            Ok(place) => {
                self.items.remove(place);
                true
            }
            Err(_) => false,
        }
    }

    /// Where the item stands, or would stand.
    fn place<Q: Ord + ?Sized>(&self, item: &Q) -> Result<usize, usize>
    where
        T: Borrow<Q>,
    {
        // Most are filled in order: the last one is looked at first.
        match self.items.last() {
            Some(last) if last.borrow() < item => Err(self.items.len()),
            _ => self.items.binary_search_by(|other| other.borrow().cmp(item)),
        }
    }
}

#[cfg(test)]
impl<K: Ord + Borrow<Q>, Q: Ord + ?Sized, V> std::ops::Index<&Q> for SortedMap<K, V> {
    type Output = V;

    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("no such key")
    }
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        SortedMap::new()
    }
}

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        SortedSet::new()
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        for (key, value) in pairs {
            self.insert(key, value);
        }
    }
}

impl<T: Ord> Extend<T> for SortedSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.insert(item);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut map = SortedMap::new();
        map.extend(pairs);
        map
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = SortedSet::new();
        set.extend(items);
        set
    }
}

impl<K: Ord, V> Gathered<(K, V)> for SortedMap<K, V> {
    #[inline(never)]
    fn gathered(source: &mut dyn Source<(K, V)>) -> Self {
        let mut map = SortedMap::new();
        while let Some((key, value)) = source.give() {
            map.insert(key, value);
        }
        map
    }
}

impl<T: Ord> Gathered<T> for SortedSet<T> {
    #[inline(never)]
    fn gathered(source: &mut dyn Source<T>) -> Self {
        let mut set = SortedSet::new();
        while let Some(item) = source.give() {
            set.insert(item);
        }
        set
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for SortedMap<K, V> {
    fn from(pairs: [(K, V); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for SortedSet<T> {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = Zip<vec::IntoIter<K>, vec::IntoIter<V>>;

    fn into_iter(self) -> Self::IntoIter {
        self.keys.items.into_iter().zip(self.values)
    }
}

impl<'a, K, V> IntoIterator for &'a SortedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Zip<slice::Iter<'a, K>, slice::Iter<'a, V>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, K, V> IntoIterator for &'a mut SortedMap<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = Zip<slice::Iter<'a, K>, slice::IterMut<'a, V>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a SortedSet<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<K: Serialize, V: Serialize> Serialize for SortedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (key, value) in self {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        #[test]
        fn a_map_does_as_that_of_the_standard_library(changes: Vec<(u8, Option<u16>)>) {
            let (mut ours, mut standard) = (SortedMap::new(), BTreeMap::new());
            for (key, value) in changes {
                match value {
                    Some(value) => prop_assert_eq!(ours.insert(key, value), standard.insert(key, value)),
                    None => prop_assert_eq!(ours.remove(&key), standard.remove(&key)),
                }
                prop_assert_eq!(ours.get_key_value(&key), standard.get_key_value(&key));
            }
            prop_assert!(ours.iter().eq(&standard));
            ours.retain(|key, value| u16::from(*key) < *value);
            standard.retain(|key, value| u16::from(*key) < *value);
            prop_assert!(ours.into_iter().eq(standard));
        }

        #[test]
        fn collects_as_the_standard_library(pairs: Vec<(u8, u16)>) {
            let ours = SortedMap::of_many(pairs.clone());
            let standard: BTreeMap<u8, u16> = pairs.iter().copied().collect();
            prop_assert!(ours.into_iter().eq(standard));
            let ours: SortedSet<u8> = pairs.iter().map(|pair| pair.0).collect();
            let standard: BTreeSet<u8> = pairs.iter().map(|pair| pair.0).collect();
            prop_assert!(ours.into_iter().eq(standard));
        }

        #[test]
        fn sorts_as_the_standard_library(items: Vec<(u8, u8)>) {
            let (mut ours, mut standard) = (items.clone(), items);
            sort_by(&mut ours, |left, right| left.0.cmp(&right.0));
            standard.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, standard);
        }

        #[test]
        fn a_set_does_as_that_of_the_standard_library(changes: Vec<(u8, bool)>) {
            let (mut ours, mut standard) = (SortedSet::new(), BTreeSet::new());
            for (item, add) in changes {
                match add {
                    true => prop_assert_eq!(ours.insert(item), standard.insert(item)),
                    false => prop_assert_eq!(ours.remove(&item), standard.remove(&item)),
                }
                prop_assert_eq!(ours.first(), standard.first());
            }
            prop_assert!(ours.into_iter().eq(standard));
        }
    }
}
