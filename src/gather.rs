//! Collects what an iterator gives, with little code for each kind of iterator.
//!
//! Entry: [`Gather::gather`], for `collect`. Own code, because it's for the size of the WebAssembly: the standard library's
//! `collect` weighs about 400 bytes for each chain of adapters, and the model has hundreds. Here what differs is
//! the one function that gives the next item; what gathers exists once for each type of item.
//! Left out on purpose: reserving by the iterator's own estimate, which costs more code than it saves time.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

/// `gather` for every iterator.
pub trait Gather: Iterator + Sized {
    /// What the iterator gives, as a collection.
    fn gather<C: Gathered<Self::Item>>(mut self) -> C {
        C::gathered(&mut self)
    }
}

impl<I: Iterator> Gather for I {}

/// An iterator's one method: a table of an iterator's own methods would hold many that nobody asks for.
pub trait Source<T> {
    /// The next item.
    fn give(&mut self) -> Option<T>;
}

impl<I: Iterator> Source<I::Item> for I {
    fn give(&mut self) -> Option<I::Item> {
        self.next()
    }
}

/// What items can be gathered into.
pub trait Gathered<T> {
    /// All that the source gives until it gives nothing.
    fn gathered(source: &mut dyn Source<T>) -> Self;
}

impl<T> Gathered<T> for Box<[T]> {
    fn gathered(source: &mut dyn Source<T>) -> Self {
        Vec::gathered(source).into_boxed_slice()
    }
}

impl<T, E, C: Gathered<T>> Gathered<Result<T, E>> for Result<C, E> {
    fn gathered(source: &mut dyn Source<Result<T, E>>) -> Self {
        let mut error = None;
        let items = C::gathered(&mut std::iter::from_fn(|| match source.give()? {
            Ok(item) => Some(item),
            Err(found) => {
                error = Some(found);
                None
            }
        }));
        error.map_or(Ok(items), Err)
    }
}

impl<T, C: Gathered<T>> Gathered<Option<T>> for Option<C> {
    fn gathered(source: &mut dyn Source<Option<T>>) -> Self {
        let mut lacks = false;
        let items = C::gathered(&mut std::iter::from_fn(|| {
            let item = source.give()?;
            lacks |= item.is_none();
            item
        }));
        (!lacks).then_some(items)
    }
}

macro_rules! by {
    ($add:ident: $({$($parameters:tt)*} $item:ty => $collection:ty;)*) => {$(
        impl<$($parameters)*> Gathered<$item> for $collection {
            #[inline(never)]
            fn gathered(source: &mut dyn Source<$item>) -> Self {
                let mut items = Self::new();
                while let Some(item) = source.give() {
                    items.$add(item);
                }
                items
            }
        }
    )*};
}

by! { push:
    {T: Ord} T => BinaryHeap<T>;
    {T} T => Vec<T>;
    {} char => String;
}

by! { push_back:
    {T} T => VecDeque<T>;
}

by! { insert:
    {T: Ord} T => BTreeSet<T>;
}

impl<K: Ord, V> Gathered<(K, V)> for BTreeMap<K, V> {
    #[inline(never)]
    fn gathered(source: &mut dyn Source<(K, V)>) -> Self {
        let mut items = Self::new();
        while let Some((key, value)) = source.give() {
            items.insert(key, value);
        }
        items
    }
}

impl Gathered<String> for String {
    #[inline(never)]
    fn gathered(source: &mut dyn Source<String>) -> Self {
        String::gathered(&mut std::iter::from_fn(|| source.give().map(Cow::Owned)))
    }
}

impl<'text> Gathered<&'text str> for String {
    #[inline(never)]
    fn gathered(source: &mut dyn Source<&'text str>) -> Self {
        String::gathered(&mut std::iter::from_fn(|| source.give().map(Cow::Borrowed)))
    }
}

impl<'text> Gathered<Cow<'text, str>> for String {
    #[inline(never)]
    fn gathered(source: &mut dyn Source<Cow<'text, str>>) -> Self {
        let mut text = String::new();
        while let Some(piece) = source.give() {
            text.push_str(&piece);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gathers_as_collect_does() {
        let numbers = || (0..9).filter(|number| number % 3 != 1);
        assert_eq!(numbers().gather::<Vec<i32>>(), numbers().collect::<Vec<i32>>());
        assert_eq!(numbers().gather::<Box<[i32]>>(), numbers().collect());
        assert_eq!(numbers().gather::<VecDeque<i32>>(), numbers().collect::<VecDeque<i32>>());
        assert_eq!(numbers().rev().gather::<BTreeSet<i32>>(), numbers().collect());
        assert_eq!(numbers().gather::<BinaryHeap<i32>>().into_sorted_vec(), numbers().collect::<Vec<i32>>());
        let pairs = || numbers().map(|number| (number / 5, number));
        assert_eq!(pairs().gather::<BTreeMap<i32, i32>>(), pairs().collect());
        let texts = || ["a", "", "é"].into_iter();
        assert_eq!(texts().gather::<String>(), "aé");
        assert_eq!(texts().map(str::to_string).gather::<String>(), "aé");
        assert_eq!(texts().map(Cow::from).gather::<String>(), "aé");
        assert_eq!("éa".chars().rev().gather::<String>(), "aé");
    }

    #[test]
    fn stops_at_the_first_that_lacks() {
        let mut asked = 0;
        let mut limited = |most: i32| {
            asked = 0;
            let items = (0..9).inspect(|_| asked += 1);
            let items = items.map(|number| if number < most { Ok(number) } else { Err(number) });
            (items.gather::<Result<Vec<i32>, i32>>(), asked)
        };
        assert_eq!((limited(3), limited(9)), ((Err(3), 4), (Ok((0..9).collect::<Vec<i32>>()), 9)));
        let options = |most: i32| (0..9).map(move |number| (number < most).then_some(number));
        assert_eq!(
            (options(3).gather::<Option<Vec<i32>>>(), options(9).gather()),
            (None, Some((0..9).collect::<Vec<i32>>()))
        );
    }
}
